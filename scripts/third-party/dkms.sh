# dkms.sh prepare|make|names FOLDER HEADERS RELEASE: what dkms does with a module's source in FOLDER, without dkms.
# `prepare` applies the patches of dkms.conf that are for this kernel and runs PRE_BUILD; `make` runs MAKE;
# `names` prints the modules that are promised.
step=$1 folder=$2 kernel_source_dir=$3 kernelver=$4
arch=x86_64 source_tree=/usr/src dkms_tree=$folder.dkms MAKE=() PATCH=() PATCH_MATCH=()
export kernelver
cd "$folder" || exit 1
. ./dkms.conf || exit 1
mkdir -p "$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION"
ln -sfn "$folder" "$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build"
MAKE=() PATCH=() PATCH_MATCH=() BUILT_MODULE_NAME=()
. ./dkms.conf >/dev/null
if [ "$step" = prepare ]; then
  for i in "${!PATCH[@]}"; do
    [[ $kernelver =~ ${PATCH_MATCH[$i]:-.} ]] || continue
    patch -p1 <"patches/${PATCH[$i]}" || exit 1
  done
  [ -z "${PRE_BUILD:-}" ] || eval "./${PRE_BUILD#./}"
elif [ "$step" = names ]; then
  for i in "${!BUILT_MODULE_NAME[@]}"; do echo "${BUILT_MODULE_NAME[$i]:-$PACKAGE_NAME}"; done
else
  command="${MAKE[0]:-make -C $kernel_source_dir M=$folder}"
  # What modpost refuses in one of several builds must not keep the others from running.
  eval "${command//&&/;}"
fi
