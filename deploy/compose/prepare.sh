#!/usr/bin/env bash
# Makes what compose.yaml needs and no repository may hold: passwords, tokens, keys and certificates of this machine.
#   prepare.sh [DIRECTORY]     where secrets/ and .env are made; beside this file unless said otherwise
# What is there already is left as it is. People sign in to the console with the tokens in secrets/*-token.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:-$here}
secrets=$directory/secrets

command -v openssl >/dev/null || {
  echo 'prepare.sh: there is no openssl: install it' >&2
  exit 2
}
if [ -e "$secrets" ]; then
  echo "prepare.sh: $secrets is there already; to make all anew, remove it, $directory/.env and the volumes" >&2
  exit 1
fi
mkdir -p "$secrets"

# For the containers, whose users are others: the directory itself lets only its owner in.
keep() { cat >"$secrets/$1" && chmod 0444 "$secrets/$1"; }
random() { openssl rand -hex 24; }

random | tr -d '\n' | keep postgres-password
random | tr -d '\n' | keep grafana-password
openssl rand -base64 32 | keep signing-k1
keystore=$(random)
printf 'TILLWATCH_KEYSTORE_PASSWORD=%s\n' "$keystore" >"$directory/.env"

declare -A hash
for person in viewer approver admin; do
  token=tillwatch_$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n')
  printf '%s' "$token" | keep "$person-token"
  hash[$person]=$(printf '%s' "$token" | openssl dgst -sha256 -r | cut -d ' ' -f 1)
done
for program in responder console; do
  sed -e "s/@viewer@/${hash[viewer]}/; s/@approver@/${hash[approver]}/; s/@admin@/${hash[admin]}/" \
    "$here/config/$program.yaml" | keep "$program.yaml"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KEYSTORE=$keystore
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Tillwatch on this machine' \
  -addext 'basicConstraints=critical,CA:TRUE' -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
keep ca.crt <"$work/ca.crt"
for program in responder console; do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$program" \
    -keyout "$work/$program.key" -out "$work/$program.csr" 2>/dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' "$program" >"$work/$program.ext"
  openssl x509 -req -in "$work/$program.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days 3650 \
    -extfile "$work/$program.ext" -out "$work/$program.crt" 2>/dev/null
  openssl pkcs12 -export -name "$program" -inkey "$work/$program.key" -in "$work/$program.crt" \
    -certfile "$work/ca.crt" -passout env:KEYSTORE -out "$work/$program.p12"
  keep "$program.p12" <"$work/$program.p12"
done
echo "prepare.sh: made $secrets and $directory/.env; start with: docker compose up --build --detach"
