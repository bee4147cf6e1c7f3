# The few commands people type; "make" alone lists them.

version := 0.1.0
programs := catalog-service gateway seeder
# The jars are unpacked by their own tool, as in the images, because the programs start in two thirds of the time then.
jars := quickstart/target/quickstart-$(version).jar image/target/image-$(version).jar $(foreach program,$(programs),$(program)/target/unpacked/$(program)-$(version).jar)
plain := bench/plain-gateway/target/unpacked/plain-gateway-$(version).jar
sources := $(shell find pom.xml schema span-collector tracing $(programs) quickstart image/pom.xml image/src -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -print)

# Maven runs on JDK 25, too, which otherwise warns about methods that Maven uses.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $(MAVEN_OPTS)
maven := mvn -B -ntp -Dstyle.color=never

# Begins each recipe that needs Maven and a JDK: a missing one is reported in one line, before anything is done.
tools = $(if $(shell command -v mvn),,$(error Kinoteka is built with Maven: install it (Debian: maven)))\
        $(eval export JAVA_HOME := $(shell scripts/jdk25 2>/dev/null))\
        $(if $(JAVA_HOME),,$(error $(shell scripts/jdk25 2>&1)))

# The folder to which images are written.
images := target/images

.PHONY: help run cluster cluster-down build test format settings bench people proxies features flame-graphs image push checks chaos ledger conformance schemathesis h2spec rolling-restart mutants rehearsal

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "make %-15s %s\n", $$1, $$2}' Makefile

run: target/built ## start everything with sample data; Ctrl-C stops it (KINOTEKA_HOME=folder keeps the data)
	@$(tools) exec "$$JAVA_HOME/bin/java" -jar quickstart/target/quickstart-$(version).jar \
	    --catalogue=catalog-service/target/unpacked/catalog-service-$(version).jar \
	    --gateway=gateway/target/unpacked/gateway-$(version).jar \
	    --seeder=seeder/target/unpacked/seeder-$(version).jar --cache=quickstart/target $(ARGS)

cluster: target/built ## start a cluster of PostgreSQL with Patroni, etcd and HAProxy on this machine, and the services on it; needs root (cluster/settings.env)
	@$(tools) cluster/cluster up

cluster-down: ## stop the cluster and delete it with all its data
	@cluster/cluster down

build: ## compile and package, without tests
	@$(tools) echo 'Building Kinoteka. This takes some minutes the first time, because Maven downloads its plugins and the libraries.'
	@scripts/maven-progress mvn -B -Dstyle.color=never package -Dmaven.test.skip -Dspotless.check.skip
	@for program in $(programs); do \
	    rm -rf "$$program/target/unpacked" && "$$JAVA_HOME/bin/java" -Djarmode=tools \
	        -jar "$$program/target/$$program-$(version).jar" extract --destination "$$program/target/unpacked" || exit; \
	done
	@mkdir -p target && touch target/built

test: ## run all tests and print their number
	@scripts/debian-packages redis-server
	@$(tools) rm -rf */target/surefire-reports */target/failsafe-reports bench/*/target/surefire-reports target/checks
	@$(maven) verify --fail-at-end -Dmaven.test.redirectTestOutputToFile; built=$$?; \
	    $(MAKE) --no-print-directory checks; scripts/test-summary && exit $$built

checks: image ## run the checks that are not written in Java: images, boot, monitoring, Terraform, pages
	@scripts/checks

format: ## format the sources
	@$(tools) $(maven) -q spotless:apply

chaos: target/built ## do to a gateway what happens on bad days, under load, and print what clients and operators saw, in minutes (ARGS="--only killed"); without ARGS also make ledger
	@$(tools) bench/faults/measure $(ARGS)
	@$(if $(ARGS),:,$(tools) bench/ledger/measure)

ledger: target/built ## break a cluster of PostgreSQL under clients that write, and compare the database with what was acknowledged; needs root (ARGS="--only switchover --rounds 3")
	@$(tools) bench/ledger/measure $(ARGS)

conformance: target/built ## check HTTP/2, HTTP/3, the cache (RFC 9111) and the API against their standards; takes minutes
	@$(tools) scripts/conformance

schemathesis: target/built ## compare responses with /openapi.json by Schemathesis; takes minutes (EXAMPLES=25 SEED=)
	@$(tools) scripts/schemathesis $(ARGS)

h2spec: target/built ## check the gateway's HTTP/2 with h2spec, with and without TLS, in a minute
	@$(tools) scripts/h2spec

rolling-restart: target/built ## restart two gateways in turn behind HAProxy, under load, without a failed request, in minutes (RESTARTS=10 RATE=200)
	@$(tools) bench/rolling-restart

mutants: ## run mutation tests by PIT; takes more than an hour (ARGS=security)
	@$(tools) scripts/mutants $(ARGS)

image: target/built ## build the images as OCI archives in target/images, without a container engine
	@$(tools) $(maven) -q -pl catalog-service,gateway,seeder -am compile org.cyclonedx:cyclonedx-maven-plugin:2.9.2:makeBom \
	    -DincludeBomSerialNumber=false -DoutputFormat=json -DoutputName=sbom -Dcyclonedx.verbose=false -Dspotless.check.skip
	@mkdir -p $(images) && image/each archive $(images) $(version)

push: image ## push the images (REGISTRY=host/path; REGISTRY_USER and REGISTRY_PASSWORD, or Docker's configuration)
	@$(tools) $(if $(REGISTRY),,$(error REGISTRY: where to push the images, such as cr.yandex/crp0123456789))\
	    image/each push $(REGISTRY) $(version)

rehearsal: image ## boot machines in root file systems of Debian 13, then release, roll back and rotate a password under load; needs root, minutes and gigabytes
	@cloud-init/tests/rehearse

settings: ## generate docs/settings.md from the code
	@$(tools) $(maven) -q -pl schema,catalog-service,gateway,quickstart -am test \
	    -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dkinoteka.settings.write=true

bench: target/built $(plain) ## measure the gateway beside nginx, Envoy, HAProxy, Caddy and PostgreSQL alone, in hours (ARGS="--cases film --rounds 2")
	@$(tools) bench/comparison/measure $(ARGS)

proxies: target/built $(plain) ## measure CPU per request of the gateway and other proxies: the case db-dummy of make bench, in minutes
	@$(tools) bench/comparison/measure --cases db-dummy $(ARGS)

features: target/built ## measure CPU per request that each feature of the gateway adds, in 25 minutes (ARGS="--rounds 2 --seconds 3")
	@$(tools) bench/comparison/features $(ARGS)

flame-graphs: target/built ## draw where gateway and catalogue spend CPU time, in minutes (ARGS="--build before=FOLDER --write")
	@$(tools) bench/comparison/flame-graphs $(ARGS)

$(plain): pom.xml $(shell find bench/plain-gateway -path '*/target' -prune -o -type f -print)
	@$(tools) $(maven) -q -f bench/plain-gateway package -Dspotless.check.skip
	@rm -rf $(@D) && "$$JAVA_HOME/bin/java" -Djarmode=tools -jar bench/plain-gateway/target/$(@F) extract --destination $(@D)
	@touch $@

people: bench/people/target/people-$(version).jar ## load test a running library with simulated users (DURATION=300 RATES=order=6,... TARGET=, DATABASE=)
	@$(tools) exec "$$JAVA_HOME/bin/java" -jar $<

bench/people/target/people-$(version).jar: pom.xml $(shell find bench/people -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -print)
	@$(tools) $(maven) -q -pl bench/people package -DskipTests -Dspotless.check.skip
	@touch $@

# A missing jar has the same effect as a source that has changed.
target/built: $(sources) $(filter-out $(wildcard $(jars)),$(jars))
	@$(MAKE) --no-print-directory build

$(jars):
