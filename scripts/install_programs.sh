#!/usr/bin/env bash
# Installs the programs that tests start and that are missing, where apt-get may.
set -euo pipefail

# One line each: [program]=Debian package
declare -A packages=(
    [chromium]=chromium
    [java]=default-jre-headless
    [mvn]=maven
)

missing=()
for program in "${!packages[@]}"; do
    command -v "$program" > /dev/null || missing+=("${packages[$program]}")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit
elif [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
    echo "Missing, so some tests will be skipped: ${missing[*]}" >&2
    exit
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --no-install-recommends "${missing[@]}" > /dev/null
