#!/bin/sh
# Deploys template.yaml to LocalStack and looks at what came of it. Running it again changes nothing.
#
# Inside the container it runs by itself; outside: localstack/deploy-template.sh, with the AWS CLI installed.
set -eu

endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
stack=${CLAWSEC_STACK:-clawsec}
template=${CLAWSEC_TEMPLATE:-/opt/clawsec/template.yaml}
[ -f "$template" ] || template=$(dirname "$0")/../template.yaml

# This script is for an emulator alone: it must not be able to reach an account by mistake.
case $endpoint in
    http://127.0.0.1:* | http://localhost:* | http://localstack:*) ;;
    *) echo "deploy-template: $endpoint is not a LocalStack on this machine" >&2; exit 2 ;;
esac
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-central-1}"
unset AWS_PROFILE AWS_SESSION_TOKEN

# The image has awslocal beside its own Python; elsewhere the AWS CLI does the same.
if command -v awslocal >/dev/null 2>&1; then
    cloud() { awslocal "$@"; }
else
    cloud() { aws --endpoint-url "$endpoint" "$@"; }
fi

cloud cloudformation validate-template --template-body "file://$template" >/dev/null
cloud cloudformation deploy --stack-name "$stack" --template-file "$template" \
    --capabilities CAPABILITY_AUTO_EXPAND --no-fail-on-empty-changeset

expect() { # what, wanted, got
    if [ "$2" != "$3" ]; then
        echo "deploy-template: $1 is '$3', not '$2'" >&2
        exit 1
    fi
    echo "deploy-template: $1 is $3"
}

# What the free edition does not emulate it takes for created, under the id "unknown". That may be the HTTP API only:
# anything else would be a stack that looks deployed and is not.
expect "not emulated" "AWS::ApiGatewayV2::Api AWS::ApiGatewayV2::Stage" \
    "$(cloud cloudformation describe-stack-resources --stack-name "$stack" --output text \
        --query "StackResources[?PhysicalResourceId=='unknown'].ResourceType" | tr '\t' '\n' | LC_ALL=C sort | xargs)"
# Nor does it apply the group's retention, so only the group itself can be looked for.
group=/aws/vendedlogs/clawsec/$stack/access
expect "log group" "$group" \
    "$(cloud logs describe-log-groups --log-group-name-prefix "$group" --query 'logGroups[].logGroupName' --output text)"
expect "alarms on" "5xx Count Latency SuccessfulRequestLatency SystemErrors ThrottledRequests" \
    "$(cloud cloudwatch describe-alarms --alarm-name-prefix "$stack-" --output text \
        --query 'MetricAlarms[].[MetricName, Metrics[].MetricStat.Metric.MetricName][][]' \
        | tr '\t' '\n' | grep -vx None | LC_ALL=C sort -u | xargs)"

expect "DATABASE_URL" "dynamodb://clawsec?region=$AWS_DEFAULT_REGION" \
    "$(cloud cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='DatabaseUrl'].OutputValue")"

words() { # in one line, through cat or sort; the CLI's None is no word
    tr '\t' '\n' | grep -vx None | LC_ALL=C "$1" | xargs
}

# Recovery and deletion protection are not emulated. TemplateTableTest looks at all of the tables, and at these lines.
table() { # suffix, keys, indexes, time to live
    expect "keys of $1" "$2" "$(cloud dynamodb describe-table --table-name "clawsec$1" --output text \
        --query 'Table.KeySchema[].AttributeName' | words cat)"
    expect "indexes of $1" "$3" "$(cloud dynamodb describe-table --table-name "clawsec$1" --output text \
        --query 'Table.GlobalSecondaryIndexes[].IndexName' | words sort)"
    expect "time to live of $1" "$4" "$(cloud dynamodb describe-time-to-live --table-name "clawsec$1" --output text \
        --query 'TimeToLiveDescription.AttributeName' | words cat)"
}
table -audit "pk sk" "by_outcome by_request by_time by_type by_user" ""
table -usage "pk" "unsettled" "expires_at"
table -settings "pk" "" ""
