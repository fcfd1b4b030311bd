create table half (id int);
insert into nowhere values (1);
