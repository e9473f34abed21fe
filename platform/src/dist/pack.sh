#!/bin/sh
# Makes an archive of a folder that has lib/ (all jars) and runtime/ already:
#   pack.sh FOLDER ROOT ARCHIVE
# The start-up cache is made by the launcher itself, with the runtime that it will be used by.
set -eu
folder=$1
root=$2
archive=$3

rm -f "$archive" "$folder"/lib/millrace.aot*
cp "$root/millrace" "$root/LICENSE" "$root/NOTICE" "$root/README.md" "$folder/"
chmod 755 "$folder/millrace"
MILLRACE_OPTS='' MILLRACE_TRAIN=only "$folder/millrace"
[ -s "$folder/lib/millrace.aot" ] || { cat "$folder/lib/millrace.aot.log"; exit 1; }
rm "$folder/lib/millrace.aot.log"
tar -C "$(dirname "$folder")" --owner=0 --group=0 -czf "$archive" "$(basename "$folder")"
echo "$archive: $(($(wc -c <"$archive") / 1000000)) MB"
