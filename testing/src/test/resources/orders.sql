create table orders (id integer primary key, note varchar(100));
insert into orders values (0, 'from the script');
