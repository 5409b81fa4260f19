#!/usr/bin/env bash
# Builds mao-engine and mao-gateway on local base images (base-images.sh), without the network.
set -euo pipefail
cd "$(dirname "$0")/.."

export SDK_IMAGE="${SDK_IMAGE:-mao-sdk}" RUNTIME_IMAGE="${RUNTIME_IMAGE:-mao-runtime}"
docker/base-images.sh
for target in engine gateway; do
  docker build -f docker/Dockerfile --network none --target "$target" --tag "mao-$target" \
    --build-arg "SDK_IMAGE=$SDK_IMAGE" --build-arg "RUNTIME_IMAGE=$RUNTIME_IMAGE" --build-arg "MAO_STACK=${MAO_STACK:-embedded}" \
    --build-arg "REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)" .
done
