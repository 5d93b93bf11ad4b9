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

# Makes the caches: each kind of process runs once, doing little, and leaves what it loaded.
make_caches() {
  local home=$1 kind scratch
  java_classpath "$home"
  scratch=$(mktemp -d)
  for kind in cli server; do
    java_flags "$kind"
    case "$kind" in
      cli) set -- --help ;;
      server) set -- server --data "$scratch/data" --port 0 --check ;;
    esac
    "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$scratch/$kind.aot" -cp "$classpath" \
      dev.waybill.cli.Main "$@" >/dev/null 2>&1 </dev/null || true
    if [ -f "$scratch/$kind.aot" ]; then mv "$scratch/$kind.aot" "$home/$kind.aot"; fi
  done
  rm -rf "$scratch"
}

run_waybill() {
  local home=$1 kind=cli
  shift
  case "${1:-}" in server|agent) kind=$1 ;; esac
  java_classpath "$home"
  java_flags "$kind"
  if [ -f "$home/$kind.aot" ]; then flags+=(-XX:AOTCache="$home/$kind.aot" -Xlog:aot=off -Xlog:cds=off); fi
  exec "$JAVA_HOME/bin/java" "${flags[@]}" ${WAYBILL_JAVA_OPTIONS:-} -cp "$classpath" dev.waybill.cli.Main "$@"
}
