# Sourced. Runs the program that stands in $1/lib, with a cache of loaded classes made at the first call (JEP 483, 514).

run_waybill() {
  local home=$1 classpath flags cache kind=cli
  shift
  classpath=$(printf '%s:' "$home"/lib/*.jar)
  case "${1:-}" in server|agent) kind=$1 ;; esac
  cache=$home/$kind.aot
  flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC)
  case "$kind" in
    cli) flags+=(-XX:TieredStopAtLevel=1 -Xmx1g) ;;
    agent) flags+=(-Xmx256m) ;;
    server) flags+=(-Xmx1g -XX:MaxDirectMemorySize=256m) ;;
  esac
  if [ "$kind" = cli ] && [ ! -f "$cache" ] && [ -w "$home" ]; then
    "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$cache.$$" -cp "$classpath" dev.waybill.cli.Main --help >/dev/null 2>&1 || true
    if [ -f "$cache.$$" ]; then mv "$cache.$$" "$cache"; fi
    rm -f "$cache.$$" "$cache.$$.config"
  fi
  if [ -f "$cache" ]; then flags+=(-XX:AOTCache="$cache" -Xlog:aot=off -Xlog:cds=off); fi
  exec "$JAVA_HOME/bin/java" "${flags[@]}" ${WAYBILL_JAVA_OPTIONS:-} -cp "$classpath" dev.waybill.cli.Main "$@"
}
