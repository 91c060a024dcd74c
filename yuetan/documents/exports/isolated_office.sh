#!/bin/sh
# isolated_office.sh VAR WORK SOFFICE FILE: prints FILE in WORK as a PDF, within namespaces of its own (office_pdf.py).
# Of this installation it finds the fonts alone: no files, no key, no socket of a database.
set -eu
var=$1 work=$2 soffice=$3 file=$4
mkdir "$work/fonts"
if [ -d "$var/fonts" ]; then mount --bind "$var/fonts" "$work/fonts"; fi
mount -t tmpfs tmpfs "$var"
mount -t tmpfs tmpfs /run
mkdir "$var/fonts"
mount --bind "$work/fonts" "$var/fonts"
cd "$work"
exec nice -n 10 prlimit --as=6442450944 --cpu=90 --fsize=104857600 --core=0 \
    "$soffice" "-env:UserInstallation=file://$work/profile" --headless --norestore --nolockcheck --nodefault \
    --convert-to pdf --outdir "$work" "$work/$file"
