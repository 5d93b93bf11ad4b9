# Sourced. Runs the program whose jars stand in $1/lib, with caches of loaded classes (JEP 483, 514) beside them.

# The flags of one kind of process: cli, server or agent. A cache only fits the flags that it was made with.
java_flags() {
  flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:+UseCompactObjectHeaders)
  case "$1" in
    cli) flags+=(-XX:TieredStopAtLevel=1 -Xmx1g) ;;
    agent) flags+=(-Xms16m -Xmx256m) ;;
    server) flags+=(-Xms24m -Xmx1g -XX:MaxDirectMemorySize=256m) ;;
  esac
}

java_classpath() {
  classpath=$(printf '%s:' "$1"/lib/*.jar)
}

# Makes the caches: a server, a series of commands and an agent that talk to it run once and leave what they loaded. Nothing
# depends on a cache: where one cannot be made, everything starts more slowly.
make_caches() {
  local home=$1 scratch server address token kind
  java_classpath "$home"
  scratch=$(mktemp -d)
  : >"$scratch/said"
  java_flags server
  "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$scratch/server.aot" -cp "$classpath" \
    dev.waybill.cli.Main server --data "$scratch/data" --port 0 >"$scratch/said" 2>/dev/null </dev/null &
  server=$!
  for _ in $(seq 300); do
    if grep -q '^Next:' "$scratch/said" || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  address=$(sed -n 's/^Waybill answers at //p' "$scratch/said")
  token=$(sed -n 's/^Admin token.*: //p' "$scratch/said")
  java_flags cli
  (cd "$scratch" && rehearsal | HOME=$scratch WAYBILL_URL=$address WAYBILL_TOKEN=$token \
    "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$scratch/cli.aot" -cp "$classpath" \
    dev.waybill.cli.Rehearsal >/dev/null 2>&1) || true
  (cd "$scratch" && rehearse_agent >/dev/null 2>&1) || true
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  for kind in cli server agent; do
    if [ -f "$scratch/$kind.aot" ]; then mv "$scratch/$kind.aot" "$home/$kind.aot"; fi
  done
  rm -rf "$scratch"
}

# An agent without orders asks, looks, speaks and reads the ledger; that is most of what any agent loads.
rehearse_agent() {
  local invitation agent
  invitation=$(HOME=$scratch WAYBILL_URL=$address WAYBILL_TOKEN=$token \
    "$JAVA_HOME/bin/java" "${flags[@]}" -cp "$classpath" dev.waybill.cli.Main agent invite rehearsal --slot dev/shop |
    grep -o 'wbt_[A-Za-z0-9_-]*' | head -n 1)
  printf 'server: %s\nname: rehearsal\ndirectory: %s/agent\nheartbeat: 1s\ntargets: [{slot: dev/shop, driver: directory, root: %s/host}]\n' \
    "$address" "$scratch" "$scratch" >agent.yaml
  "$JAVA_HOME/bin/java" "${flags[@]}" -cp "$classpath" dev.waybill.cli.Main \
    agent enrol --token "$invitation" --config agent.yaml
  java_flags agent
  "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput=agent.aot -cp "$classpath" dev.waybill.cli.Main agent --config agent.yaml &
  agent=$!
  sleep 3
  kill "$agent"
  wait "$agent" || true
}

rehearsal() {
  cat <<'COMMANDS'
--help
token create --actor builder --email builder@example.org --role builder
login $WAYBILL_URL --token none
apply -f nothing.yaml
config set dev/shop PORT=1 --create
config get dev/shop
promote shop:1 --to dev
status
running
why dev/shop
history dev/shop
trace 0000000000000000000000000000000000000000
diff dev/shop#1 dev/shop#2
ledger verify
build
test shop:1 --suite unit -- true
verify nothing.json
COMMANDS
}

run_waybill() {
  local home=$1 kind=cli
  shift
  case "${1:-} ${2:-}" in
    "agent invite" | "agent list" | "agent retire") ;;
    "server "* | "agent "*) kind=$1 ;;
  esac
  java_classpath "$home"
  java_flags "$kind"
  # What hashes and packs much runs long enough to be compiled well; everything else is over before that pays.
  case "${1:-}" in build | pull | compare) flags+=(-XX:TieredStopAtLevel=4) ;; esac
  if [ -f "$home/$kind.aot" ]; then flags+=(-XX:AOTCache="$home/$kind.aot" -Xlog:aot=off -Xlog:cds=off); fi
  exec "$JAVA_HOME/bin/java" "${flags[@]}" ${WAYBILL_JAVA_OPTIONS:-} -cp "$classpath" dev.waybill.cli.Main "$@"
}
