#!/usr/bin/env bash
# Publishes samples/Gateway for this machine, and sees to it that there is a Mosquitto to test it against.
# Usage: scripts/gateway.sh     the program goes to artifacts/publish-gateway/RID/gateway
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

if ! has_mosquitto && ! try_install mosquitto; then
  echo "No mosquitto: the gateway's tests against a broker are skipped. Install the package mosquitto."
fi
publish_native samples/Gateway "$(host_rid)"
