# All rules of tflint for Terraform. It has none for Yandex Cloud: those of scripts/checkov are.
config {
  call_module_type = "local"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# The files of the module are named after what they describe; none of them is the main one.
rule "terraform_standard_module_structure" {
  enabled = false
}
