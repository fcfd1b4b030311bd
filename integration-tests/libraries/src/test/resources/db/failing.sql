--liquibase formatted sql

--changeset test:right
create table half (id int);

--changeset test:wrong
insert into half values (1);
insert into nowhere values (1);
