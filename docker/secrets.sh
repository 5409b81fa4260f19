#!/usr/bin/env bash
# Makes what docker-compose.yml mounts as secrets: certificates of the wire, keys of the engines, passwords of the servers.
# What is there stays; certificates about to end are made anew. Only the owner enters the folder; in a container each file is
# seen only where it is mounted, and must then be readable by user 1000. Run it again with other accounts to add theirs.
#   docker/secrets.sh [FOLDER]      default secrets; GATEWAY_IMAGE, MAO_ACCOUNTS="demo1 demo2"
set -euo pipefail
folder="${1:-secrets}"
read -ra accounts <<<"${MAO_ACCOUNTS-demo1 demo2}"
umask 077
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"

docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$folder:/secrets" "${GATEWAY_IMAGE:-mao-gateway}" \
  cert make --out /secrets "${accounts[@]/#/--account=}"

word() { LC_ALL=C tr -dc 'a-zA-Z0-9' </dev/urandom | head -c "$1" || true; }

for account in "${accounts[@]}"; do
  file="$folder/engine-$account.json"
  [ -s "$file" ] || printf '{"keyId":"mk_%s","secret":"%s"}\n' "$(word 16)" "$(word 43)" >"$file"
  [ -s "$folder/mysql-mt-$account" ] || printf '%s' "$(word 32)" >"$folder/mysql-mt-$account"
done
for name in mysql-root mysql-password mysql-trading-root mysql-trading-pod redis-password mongodb-password; do
  [ -s "$folder/$name" ] || printf '%s' "$(word 32)" >"$folder/$name"
done
find "$folder" -maxdepth 1 -type f -exec chmod 0444 {} +
chmod 0400 "$folder/ca.key"

# What a pod gives to the engines it makes, and nothing else: this folder is mounted whole, so that accounts can be added later.
mkdir -p "$folder/engines"
chmod 0755 "$folder/engines"
for account in "${accounts[@]}"; do
  for kind in crt key; do
    install -m 0444 "$folder/engine-$account.$kind" "$folder/engines/"
  done
done
