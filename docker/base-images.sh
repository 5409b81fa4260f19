#!/usr/bin/env bash
# Makes the base images of the Dockerfile where no registry can be reached, as root:
#   mao-runtime   a minimal Debian (debootstrap), what .NET needs of it, and this machine's ASP.NET runtime
#   mao-sdk       the same with this machine's SDK, its certificate authorities, NuGet configuration and packages
# Nothing of it lies in the repository: it is copied from the machine at this moment. Images that are there stay, unless --force.
set -euo pipefail
cd "$(dirname "$0")/.."

runtime="${RUNTIME_IMAGE:-mao-runtime}"
sdk="${SDK_IMAGE:-mao-sdk}"
suite="${DEBIAN_SUITE:-bookworm}"
mirror="${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
dotnet="$(dirname "$(readlink -f "$(command -v dotnet)")")"
packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}"

has() { [ "${1:-}" != --force ] && docker image inspect "$2" >/dev/null 2>&1; }

if has "${1:-}" "$runtime" && has "${1:-}" "$sdk"; then
  echo "$runtime and $sdk are there"
  exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf --one-file-system "$work"' EXIT
root="$work/root"

# InvariantGlobalization: no ICU. OpenSSL for TLS, time zones for trading hours, authorities for brokers and push services.
debootstrap --variant=minbase --include=ca-certificates,libssl3,tzdata "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  { tail -20 "$work/debootstrap.log"; exit 1; }
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/{doc,man,info,locale}/* "$root"/dev/*
mkdir -p "$root/usr/share/dotnet"
cp -a "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$dotnet/LICENSE.txt" "$dotnet/ThirdPartyNotices.txt" "$root/usr/share/dotnet/"
ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
tar -C "$root" --one-file-system -c . | docker import \
  --change 'ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  --message "Debian $suite with the ASP.NET runtime of this machine" - "$runtime"

# The SDK image is only built in: it may hold what this machine needs to reach its package source.
context="$work/sdk"
mkdir -p "$context/dotnet" "$context/home/.nuget" "$context/ca"
cp -a "$dotnet/." "$context/dotnet/"
cp -L /etc/ssl/certs/ca-certificates.crt "$context/ca/"
[ -d "$HOME/.nuget/NuGet" ] && cp -a "$HOME/.nuget/NuGet" "$context/home/.nuget/"
cp -a "$packages" "$context/home/.nuget/packages"
cat >"$context/Dockerfile" <<DOCKERFILE
FROM $runtime
COPY ca/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY dotnet/ /usr/share/dotnet/
COPY home/ /root/
DOCKERFILE
docker build --quiet --tag "$sdk" "$context"
