-- Roles and databases of the office and of Prefect's server, once, as a superuser of PostgreSQL:
--   sudo -u postgres psql -f databases.sql
-- then give each a password (\password bangfu, \password prefect) and write it into /etc/bangfu/database-url and prefect.env.
CREATE ROLE bangfu LOGIN;
CREATE ROLE prefect LOGIN;
CREATE DATABASE bangfu OWNER bangfu TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE prefect OWNER prefect TEMPLATE template0 ENCODING 'UTF8';
