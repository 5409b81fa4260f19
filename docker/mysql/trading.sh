#!/bin/bash
# Run once, by the MySQL image, when its data folder is empty: a schema for each account, and a user who may do nothing outside it.
# An account that is added later gets both by hand. In a right _ stands for any letter, so it is escaped: the user of mt_a_b has no business in mt_acb.
set -euo pipefail
sql() { MYSQL_PWD="$(cat "$MYSQL_ROOT_PASSWORD_FILE")" mysql --user=root; }

# Who makes schemas and users for a pod's accounts, where there is a pod (docker/trading-database.yml). Root is out of its reach.
pod=/run/secrets/mysql-trading-pod
if [ -s "$pod" ]; then
  sql <<SQL
CREATE USER IF NOT EXISTS 'maopod'@'%' IDENTIFIED BY '$(cat "$pod")';
GRANT CREATE USER ON *.* TO 'maopod'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON \`mt\\_%\`.* TO 'maopod'@'%' WITH GRANT OPTION;
SQL
fi

for file in /run/secrets/mysql-mt-*; do
  [ -s "$file" ] || continue
  schema="mt_${file#/run/secrets/mysql-mt-}"
  # MySQL's users have 32 letters at most: the pod calls the user of a longer account by a part of its hash (PodNames.SchemaUserOf).
  user="$schema"
  [ "${#user}" -le 32 ] || user="${schema:0:23}_$(printf '%s' "${schema#mt_}" | sha256sum | cut -c1-8)"
  pattern="${schema//_/\\_}"
  sql <<SQL
CREATE DATABASE IF NOT EXISTS \`$schema\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS '$user'@'%' IDENTIFIED BY '$(cat "$file")';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON \`$pattern\`.* TO '$user'@'%';
SQL
done
