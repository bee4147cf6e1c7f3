#!/usr/bin/env bats
# tflint and Checkov find what they should, in small modules.
set -euo pipefail
bats_require_minimum_version 1.5.0

setup() {
    module=$BATS_TEST_TMPDIR/module
    mkdir "$module"
    cat >"$module/versions.tf" <<'TERRAFORM'
terraform {
  required_version = ">= 1.9"
  required_providers {
    yandex = {
      source  = "yandex-cloud/yandex"
      version = "~> 0.130"
    }
  }
}
TERRAFORM
    cat >"$module/key.tf" <<'TERRAFORM'
resource "yandex_kms_symmetric_key" "secrets" {
  name            = "secrets"
  rotation_period = "8760h"
}
TERRAFORM
}

@test "A module without faults has no findings" {
    scripts/tflint "$module"
    scripts/checkov "$module"
}

@test "tflint finds a variable that is not used and has no type" {
    echo 'variable "zone" {}' >"$module/variables.tf"
    run -2 scripts/tflint "$module"
    [[ $output == *terraform_unused_declarations* && $output == *terraform_typed_variables* ]]
}

@test "Checkov finds a key that is not rotated" {
    sed -i '/rotation_period/d' "$module/key.tf"
    run -1 scripts/checkov "$module"
    [[ $output == *CKV_YC_9* && $output == *'Failed checks: 1'* ]]
}

@test "A policy of Checkov that crashes is no success" {
    cat >"$module/group.tf" <<'TERRAFORM'
resource "yandex_vpc_security_group" "nodes" {
  network_id = "network"
  ingress {
    protocol          = "TCP"
    predefined_target = "loadbalancer_healthchecks"
  }
}
TERRAFORM
    # In a copy whose configuration does not skip the policy.
    cp -r scripts "$BATS_TEST_TMPDIR/scripts"
    sed -i '/CKV_YC_19/d; /^skip-check/d' "$BATS_TEST_TMPDIR/scripts/checkov.yaml"
    run -1 "$BATS_TEST_TMPDIR/scripts/checkov" "$module"
    [[ $output == *'A policy of Checkov crashed'* ]]
}

@test "A folder in which there is nothing to check is no success" {
    rm "$module/key.tf"
    run -1 scripts/checkov "$module"
    [[ $output == *"Checkov has checked nothing in $module."* ]]
}
