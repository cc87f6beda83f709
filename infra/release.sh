#!/usr/bin/env bash
# Moves traffic between revisions of the functions of one environment.
#   release.sh hold     the revisions that serve now go on serving, whatever is deployed
#   release.sh try      calls the newest revision of each function, which has no traffic yet
#   release.sh release  the newest revisions serve from now on
#   release.sh back     the revisions before the newest serve from now on
# Needs PROJECT, REGION and VERSION (what is deployed), and ENVIRONMENT where there is one.
set -euo pipefail

: "${PROJECT:?}" "${REGION:?}"
environment="${ENVIRONMENT:-}"
suffix="${environment:+-$environment}"
here=(--project="$PROJECT" --region="$REGION" --quiet)

services() {
  gcloud functions list --v2 --project="$PROJECT" --regions="$REGION" --format='value(name.basename())' \
    --filter="labels.system=phasegate AND labels.environment=${environment:-only}"
}

of_service() {
  gcloud run services describe "$1" "${here[@]}" --format="value($2)"
}

traffic() {
  gcloud run services update-traffic "$1" "${here[@]}" "${@:2}"
}

hold() {
  case "$(of_service "$1" 'spec.traffic[].latestRevision')" in
    *True*) traffic "$1" --to-revisions="$(of_service "$1" status.latestReadyRevisionName)=100" ;;
    *) echo "$1 keeps the revision that serves already" ;;
  esac
}

# Who calls this function when it is in use.
caller() {
  case "$1" in
    phasegate-reconcile*) echo "phg-schedule$suffix" ;;
    phasegate-api*) echo "phg-job$suffix" ;;
    phasegate-dashboard*) echo "phg-dashboard$suffix" ;;
    *) echo "phg-push$suffix" ;;
  esac
}

try() {
  local newest url token body
  newest="$(of_service "$1" status.latestReadyRevisionName)"
  traffic "$1" --update-tags="canary=$newest"
  url="$(of_service "$1" status.url)"
  # The API and the page know callers by address.
  token="$(gcloud auth print-identity-token --audiences="$url" --include-email \
    --impersonate-service-account="$(caller "$1")@$PROJECT.iam.gserviceaccount.com")"
  body="{\"message\":{\"messageId\":\"canary-$VERSION\",\"attributes\":{\"canary\":\"$VERSION\"},\"data\":\"$(printf '{"canary":"%s"}' "$VERSION" | base64 -w0)\"},\"subscription\":\"canary\"}"
  case "$1" in
    phasegate-api*) call "$token" "${url/https:\/\//https:\/\/canary---}/v1/canary" ;;
    phasegate-dashboard*) call "$token" "${url/https:\/\//https:\/\/canary---}/canary" ;;
    *) call "$token" "${url/https:\/\//https:\/\/canary---}" --request POST --header 'content-type: application/json' --data "$body" ;;
  esac
  echo "$1: revision $newest answers"
}

# Retried because a new tag's address takes a moment to be there.
call() {
  curl --silent --show-error --fail --max-time 150 --retry 5 --retry-all-errors --output /dev/null \
    --header "authorization: Bearer $1" "${@:2}"
}

release() {
  traffic "$1" --to-latest --remove-tags=canary
}

back() {
  local before
  before="$(gcloud run revisions list --service="$1" "${here[@]}" --sort-by='~metadata.creationTimestamp' \
    --limit=2 --format='value(metadata.name)' | tail -n 1)"
  traffic "$1" --to-revisions="$before=100"
}

case "${1:-}" in
  hold | release | back) ;;
  try) : "${VERSION:?}" ;;
  *)
    echo 'usage: release.sh hold | try | release | back' >&2
    exit 2
    ;;
esac
found="$(services)"
for service in $found; do
  "$1" "$service"
done
