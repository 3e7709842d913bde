# debian.sh - Debian 12 packages and build folders, for tests/run and examples/village (bash).
# Sets TOP, the folder of the source. Everything that is built goes to TOP/build/NAME.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

TO_BUILD="gcc libc6-dev make autoconf automake pkg-config libuv1-dev libsqlite3-dev libcmark-dev
	libsass-dev libdeflate-dev libisal-dev libsodium-dev libjansson-dev libyaml-dev libicu-dev
	libinih-dev libarchive-dev libgd-dev"
TO_TEST="libcmocka-dev python3 perl gettext binutils xz-utils clang libclang-rt-14-dev llvm-14
	libxml2-utils tidy procps chromium fonts-dejavu-core"

say() {
	printf '\n== %s\n' "$*"
}

# need PACKAGE...: installs those that are missing; does nothing, quickly, when none is.
need() {
	local missing=() p
	for p; do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null)" = installed ] ||
			missing+=("$p")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	say "installing ${missing[*]}"
	local as=
	[ "$(id -u)" = 0 ] || as=sudo
	$as apt-get update -q && DEBIAN_FRONTEND=noninteractive \
		$as apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# build NAME TARGET... -- CONFIGURE-ARGUMENT...: configures TOP/build/NAME once and makes the
# targets; what make says is shown when it fails.
build() {
	local dir=$TOP/build/$1 targets=()
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		targets+=("$1")
		shift
	done
	shift
	if [ ! -x "$TOP/configure" ] || [ "$TOP/configure.ac" -nt "$TOP/configure" ]; then
		(cd "$TOP" && autoreconf -i) || return
	fi
	mkdir -p "$dir"
	if [ ! -f "$dir/Makefile" ] || [ "$*" != "$(cat "$dir/arguments" 2>/dev/null)" ]; then
		(cd "$dir" && "$TOP/configure" -q "$@") || return
		echo "$*" >"$dir/arguments"
	fi
	make -s -C "$dir" -j"$(nproc)" "${targets[@]}" >"$dir/make.log" 2>&1 && return
	tail -n 40 "$dir/make.log" >&2
	return 1
}
