create table moved (id int);
