# The few commands people type; "make" alone lists them.

version := 0.1.0
programs := catalog-service gateway seeder
# The jars unpacked by their own tool, as in the images: the programs start in two thirds of the time.
jars := quickstart/target/quickstart-$(version).jar image/target/image-$(version).jar $(foreach program,$(programs),$(program)/target/unpacked/$(program)-$(version).jar)
sources := $(shell find pom.xml schema $(programs) quickstart image -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -print)

# Maven itself runs on JDK 25, which warns of what Maven does.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $(MAVEN_OPTS)
maven := mvn -B -ntp -Dstyle.color=never

# First line of each recipe that needs them: what is missing is said in one line, before anything is done.
tools = $(if $(shell command -v mvn),,$(error Kinoteka is built with Maven: install it (Debian: maven)))\
        $(eval export JAVA_HOME := $(shell scripts/jdk25 2>/dev/null))\
        $(if $(JAVA_HOME),,$(error $(shell scripts/jdk25 2>&1)))

# Where their images are written to; where push sends them is REGISTRY.
images := target/images

.PHONY: help run build test format settings bench people proxies image push checks conformance mutants rehearsal

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' Makefile

run: target/built ## start everything with sample data; Ctrl-C stops it (KINOTEKA_HOME=folder keeps the data)
	@$(tools) exec "$$JAVA_HOME/bin/java" -jar quickstart/target/quickstart-$(version).jar \
	    --catalogue=catalog-service/target/unpacked/catalog-service-$(version).jar \
	    --gateway=gateway/target/unpacked/gateway-$(version).jar \
	    --seeder=seeder/target/unpacked/seeder-$(version).jar --cache=quickstart/target $(ARGS)

build: ## compile and package, without tests
	@$(tools) $(maven) -q package -DskipTests -Dspotless.check.skip
	@for program in $(programs); do \
	    rm -rf "$$program/target/unpacked" && "$$JAVA_HOME/bin/java" -Djarmode=tools \
	        -jar "$$program/target/$$program-$(version).jar" extract --destination "$$program/target/unpacked" || exit; \
	done
	@mkdir -p target && touch target/built

test: ## run all tests and count them
	@$(tools) rm -rf */target/surefire-reports */target/failsafe-reports bench/*/target/surefire-reports target/checks.txt
	@$(maven) verify --fail-at-end -Dmaven.test.redirectTestOutputToFile; built=$$?; \
	    $(MAKE) --no-print-directory checks; scripts/test-summary && exit $$built

checks: image ## run the checks that are not Java's: images, boot, monitoring, Terraform
	@scripts/checks

format: ## format the sources
	@$(tools) $(maven) -q spotless:apply

conformance: target/built ## compare every response with /openapi.json by Schemathesis, in minutes (EXAMPLES=25 SEED=)
	@$(tools) scripts/conformance $(ARGS)

mutants: ## change the classes that decide in one place after the other and see a test fail, in an hour (ARGS=security)
	@$(tools) scripts/mutants $(ARGS)

image: target/built ## make the images as OCI archives in target/images, without a container engine
	@$(tools) $(maven) -q -pl catalog-service,gateway,seeder -am compile org.cyclonedx:cyclonedx-maven-plugin:2.9.2:makeBom \
	    -DincludeBomSerialNumber=false -DoutputFormat=json -DoutputName=sbom -Dcyclonedx.verbose=false -Dspotless.check.skip
	@mkdir -p $(images) && image/each archive $(images) $(version)

push: image ## push the images (REGISTRY=host/path; REGISTRY_USER and REGISTRY_PASSWORD, or Docker's configuration)
	@$(tools) $(if $(REGISTRY),,$(error REGISTRY: where to push the images, such as cr.yandex/crp0123456789))\
	    image/each push $(REGISTRY) $(version)

rehearsal: ## boot both machines as far as a root file system of Debian 13 can (root, minutes, a gigabyte)
	@cloud-init/tests/rehearse

settings: ## write docs/settings.md anew
	@$(tools) $(maven) -q package -DskipTests
	@$(maven) -q -pl quickstart test -Dtest=SettingsPageTest -Dkinoteka.settings.write=true

bench: target/built ## measure the long list out of 5,000,000 sessions
	@$(tools) bench/session-list

proxies: target/built ## measure CPU per request of the gateway beside nginx and Envoy, in minutes (ARGS="--rounds 2 --seconds 3")
	@$(tools) bench/proxy-cpu/measure $(ARGS)

people: bench/people/target/people-$(version).jar ## load test a running library with simulated users (DURATION=300 RATES=order=6,... TARGET=, DATABASE=)
	@$(tools) exec "$$JAVA_HOME/bin/java" -jar $<

bench/people/target/people-$(version).jar: pom.xml $(shell find bench/people -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -print)
	@$(tools) $(maven) -q -pl bench/people package -DskipTests -Dspotless.check.skip
	@touch $@

# A jar that is missing is as good as a changed source.
target/built: $(sources) $(filter-out $(wildcard $(jars)),$(jars))
	@$(MAKE) --no-print-directory build

$(jars):
