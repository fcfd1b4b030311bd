--liquibase formatted sql

--changeset test:ride
insert into ride values (${id});
