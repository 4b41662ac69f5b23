#!/bin/sh
# A trace by the command line alone. Without LANGFUSE_* variables it goes into the store of COAIA_HOME.
set -eu

eval "$(coaia fuse traces create --name cli --user ada --session cli --tags example \
  --input '{"question": "How long does the battery last?"}' --export-env)"

eval "$(coaia fuse traces add-observation -ts --name answer-question --start-time now --export-env)"
root=$COAIA_LAST_OBSERVATION_ID

coaia fuse traces add-observation -t retriever --name search --parent "$root" \
  --start-time -20ms --end-time now --output '["The battery lasts 14 hours."]' >/dev/null
coaia fuse traces add-observation -tg --name answer --parent "$root" --model gpt-4o-mini \
  --start-time -30ms --end-time now --usage '{"input": 120, "output": 8}' --output '14 hours.' >/dev/null

coaia fuse observations end "$root" --output '{"answer": "14 hours."}' >/dev/null
coaia fuse traces patch-output "$COAIA_TRACE_ID" '{"answer": "14 hours."}' >/dev/null
echo "$COAIA_TRACE_ID"
