#!/bin/sh
# The office of the demonstration in the background: `office.sh start FOLDER PORT`, `office.sh stop FOLDER`.
set -eu
out=$2
log=$out/office.log
pidfile=$out/office.pid

# The number may be that of another program by now: after a restart of the machine, or much later.
running() {
  [ -f "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2> /dev/null || return 1
  line=/proc/$(cat "$pidfile")/cmdline
  [ ! -r "$line" ] || tr '\0' ' ' < "$line" | grep -q "payung serve"
}

case $1 in
  start)
    port=$3
    if ! running; then
      nohup .venv/bin/payung serve --port "$port" > "$log" 2>&1 < /dev/null &
      echo $! > "$pidfile"
    fi
    if .venv/bin/python scripts/wait_for.py "http://127.0.0.1:$port/sehat/" "$(cat "$pidfile")"; then
      echo "Kantor buka di http://127.0.0.1:$port/ - The office is open there. Tutup / close: make stop"
      exit 0
    fi
    echo "The office did not open; what it said is in $log:" >&2
    tail -5 "$log" >&2
    echo "Where another program holds port $port, choose another one: PAYUNG_PORT=$((port + 1)) make run" >&2
    rm -f "$pidfile"
    exit 1
    ;;
  stop)
    if running; then
      kill "$(cat "$pidfile")"
      echo "The office is closed"
    else
      echo "No office is open"
    fi
    rm -f "$pidfile"
    ;;
  *)
    echo "usage: office.sh start FOLDER PORT | stop FOLDER" >&2
    exit 2
    ;;
esac
