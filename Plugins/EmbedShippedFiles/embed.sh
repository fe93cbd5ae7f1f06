#!/bin/sh
# embed.sh OUTPUT FOLDER NAME…: writes a Swift file that holds the text of FOLDER/NAME….
set -eu
output=$1
folder=$2
shift 2
{
    echo 'extension ShippedFiles {'
    echo '    /// The files that were compiled in: name -> text.'
    echo '    static let builtIn: [String: String] = ['
    for name in "$@"; do
        # A raw literal: nothing in the text needs escaping.
        printf '"%s": ####"""\n' "$name"
        cat "$folder/$name"
        printf '\n"""####,\n'
    done
    echo '    ]'
    echo '}'
} > "$output"
