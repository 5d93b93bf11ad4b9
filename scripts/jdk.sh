# Sourced. Finds a JDK 25 or newer and exports JAVA_HOME; says plainly what is missing if there is none.

jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  local candidate version
  for candidate in "${WAYBILL_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate") || continue
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  {
    echo "Waybill needs a JDK 25 or newer, and none was found."
    echo "Looked at WAYBILL_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman and /Library/Java."
    echo "Install one (any vendor's JDK 25), or set WAYBILL_JAVA_HOME to it, and try again."
  } >&2
  exit 3
}
