# shellcheck shell=bash
# Looks into the archives of target/images: for tests, which call load images.
programs=(gateway catalog-service seeder)

archive() { # PROGRAM
    echo "target/images/$1.tar"
}

# The digest that is written beside an archive.
written_digest() { # PROGRAM
    cat "target/images/$1.digest"
}

blob() { # PROGRAM DIGEST
    tar -xOf "$(archive "$1")" "blobs/sha256/$2"
}

digest() { # PROGRAM
    tar -xOf "$(archive "$1")" index.json | jq -r '.manifests[0].digest'
}

layers() { # PROGRAM
    blob "$1" "$(digest "$1" | cut -d: -f2)" | jq -r '.layers[].digest[7:]'
}

# Extracts each image to FOLDER/PROGRAM, and writes the names of its files to FOLDER/PROGRAM.files.
unpack() { # FOLDER
    local program layer
    for program in "${programs[@]}"; do
        mkdir "$1/$program"
        for layer in $(layers "$program"); do
            blob "$program" "$layer" | tar -xzv --warning=no-unknown-keyword --no-same-permissions -C "$1/$program" >>"$1/$program.files"
        done
    done
}

# Lays out the root of a program's image, or finds the one that is kept, and prints its path.
layout() { # PROGRAM
    image/layout "$1" "$1/target/unpacked" image/target/image-*.jar "$1/target/sbom.json"
}

# Calls a function for each program. It fails with the first that does, whose name is printed last.
each_program() { # FUNCTION
    local program
    for program in "${programs[@]}"; do
        echo "$program:"
        "$1" "$program"
    done
}

# Fails if a file has lines that match a pattern, and prints them.
none_matches() { # PATTERN FILE
    local lines
    lines=$(grep -E "$1" "$2") || return 0
    echo "$lines"
    return 1
}
