#!/bin/bash
# limit: 60
# The launcher is a valid POSIX script.
set -e
sh -n millrace
echo "millrace parses"
