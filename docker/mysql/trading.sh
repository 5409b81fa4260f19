#!/bin/bash
# Run once, by the MySQL image, when its data folder is empty: a schema for each account, and a user who may do nothing outside it.
# An account that is added later gets both by hand.
set -euo pipefail
for file in /run/secrets/mysql-mt-*; do
  schema="mt_${file#/run/secrets/mysql-mt-}"
  MYSQL_PWD="$(cat "$MYSQL_ROOT_PASSWORD_FILE")" mysql --user=root <<SQL
CREATE DATABASE IF NOT EXISTS \`$schema\`;
CREATE USER IF NOT EXISTS '$schema'@'%' IDENTIFIED BY '$(cat "$file")';
GRANT ALL ON \`$schema\`.* TO '$schema'@'%';
SQL
done
