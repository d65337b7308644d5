#!/usr/bin/env bash
# An older client's day with curl: the endpoints, payloads and field names that existing clients use.
#
# HUB=http://127.0.0.1:4000 ADMIN_EMAIL=… ADMIN_PASSWORD=… EMPLOYEE_ID=… EMPLOYEE_EMAIL=… EMPLOYEE_PASSWORD=… \
#   PICTURE=screen.jpg bash docs/examples/old-clients.sh
set -euo pipefail

# Says the step, then the answer on one line. Fails when the hub refuses.
call() {
    local step=$1 token=$2 method=$3 path=$4
    shift 4
    echo "== $step"
    curl --silent --show-error --fail-with-body --request "$method" --header "Authorization: Bearer $token" "$@" "$HUB$path"
    echo
}

json() {
    call "$1" "$2" "$3" "$4" --header 'Content-Type: application/json' --data "$5"
}

# The value of a text field of a flat JSON answer.
field() {
    sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

login() {
    curl --silent --show-error --fail-with-body --header 'Content-Type: application/json' \
        --data "{\"email\":\"$1\",\"password\":\"$2\"}" "$HUB/api/auth/login" | field token
}

echo "== login"
employee=$(login "$EMPLOYEE_EMAIL" "$EMPLOYEE_PASSWORD")
manager=$(login "$ADMIN_EMAIL" "$ADMIN_PASSWORD")

call org "$employee" GET /api/org
call employees "$manager" GET /api/employees
json interval "$manager" POST /api/capture-interval "{\"employeeId\":\"$EMPLOYEE_ID\",\"intervalMinutes\":5}"
json start "$employee" POST /api/work/start '{}'
for idle in 0 0 1; do
    json heartbeat "$employee" POST /api/work/heartbeat "{\"idleDeltaSeconds\":$idle}"
done
call screenshot "$employee" POST /api/uploads/screenshot --form "screenshot=@$PICTURE" --form "ts=$(date +%s)000"
call uploads "$manager" GET "/api/uploads/list?employeeId=$EMPLOYEE_ID"
call activity "$manager" GET /api/activity/recent
json live-status "$employee" POST /api/activity/live-status \
    "{\"employeeId\":\"$EMPLOYEE_ID\",\"status\":\"WORKING\",\"duration_seconds\":30,\"timestamp\":$(date +%s).5}"
call live-status-all "$manager" GET /api/activity/live-status/all
json heartbeat "$employee" POST /api/users/heartbeat/ '{}'
call online "$manager" GET /api/users/admin/users/online/
call online-status "$manager" GET "/api/users/admin/users/$EMPLOYEE_ID/online-status/"
json stop "$employee" POST /api/work/stop '{}'
call summary "$manager" GET /api/work/summary/today
call sessions "$manager" GET /api/work/sessions/today
json logout "$employee" POST /api/auth/logout '{}'
