# The Terraform module: Terraform's own tests with a provider that invents what the cloud computes, and programs that find mistakes.

setup_file() {
    export work=$BATS_FILE_TMPDIR
    export TF_DATA_DIR=$work/data TF_IN_AUTOMATION=1 reports=$PWD/target/checks
    unset TF_CLI_CONFIG_FILE

    # In a copy, because the lock file of the stand-in must not be in the folder from which somebody applies.
    mkdir -p "$work/project/target/images" "$work/bin" "$reports"
    cp -r terraform cloud-init monitoring "$work/project"
    cp target/images/*.digest "$work/project/target/images"
    # Instead of pushing and copying images, an apply writes down which.
    # shellcheck disable=SC2016 # make expands it
    printf 'push:\n\t@echo "$(REGISTRY) as $$REGISTRY_USER" >>pushed\n' >"$work/project/Makefile"
    printf '#!/bin/sh\necho "$@" >>"%s/skopeo"\n' "$work" >"$work/bin/skopeo"
    chmod +x "$work/bin/skopeo"
    export PATH=$work/bin:$PATH

    # The provider itself where it can be downloaded, otherwise one beside the project that has its schema and nothing else.
    local stand_in
    stand_in=$(realpath -m "${KINOTEKA_TERRAFORM_STANDIN:-../shared/terraform-standin}")
    cd "$work/project/terraform" || return
    rm -rf .terraform .terraform.lock.hcl backend.tf
    if ! init >/dev/null 2>&1; then
        if [ ! -x "$stand_in/cli-config" ]; then
            echo "The provider of Yandex Cloud cannot be downloaded, and $stand_in has no stand-in of it." >&2
            return 1
        fi
        TF_CLI_CONFIG_FILE=$("$stand_in/cli-config")
        export TF_CLI_CONFIG_FILE constraints=$stand_in/constraints.json
        init
    fi
}

init() { terraform init -backend=false -input=false -no-color; }

setup() { cd "$work/project/terraform" || return; }

@test "the files have the usual format" { terraform fmt -check -recursive -diff; }

@test "the module is valid" { terraform validate -no-color; }

@test "the tests of the module pass, and every value is one that the provider accepts" {
    set -o pipefail
    tests/with-cloud terraform test -json -verbose -junit-xml="$reports/terraform-runs.xml" |
        tests/results ${constraints:+"$constraints"} | tee "$work/results"
    sed 's/^ok - /# /' "$work/results" >&3
}

@test "an apply pushes the images to its registry" { grep -qx 'cr.yandex/crp00000000000000000 as iam' ../pushed; }

@test "an apply copies the image of Grafana to its registry, with its digest" {
    grep -qE '^copy --all --preserve-digests .*docker://docker.io/grafana/grafana@sha256:[0-9a-f]{64} docker://cr.yandex/crp00000000000000000/grafana:[0-9.]+$' \
        "$work/skopeo"
}

@test "without images the plan is rejected and names the command that builds them" {
    rm ../target/images/*.digest
    terraform test -no-color -filter=tests/trial.tftest.hcl >"$work/output" 2>&1 && return 1
    cat "$work/output"
    grep -q 'make image' "$work/output"
}

@test "tflint has no findings" { "$BATS_TEST_DIRNAME/../../scripts/tflint"; }

@test "Checkov's policies hold" { "$BATS_TEST_DIRNAME/../../scripts/checkov"; }
