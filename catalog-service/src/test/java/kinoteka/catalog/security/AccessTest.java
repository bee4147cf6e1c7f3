package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

class AccessTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class))
            .withBean(CallerArgumentResolver.class)
            .withBean(DeclaredAccess.class);

    @ParameterizedTest
    @CsvSource({
        "forgotten,",
        "publicMethod, PUBLIC",
        "caller, PERSONAL",
        "member, MEMBERS",
        "editor, EDITORS",
        "memberToo, MEMBERS",
        "publicMember,",
        "editorAndCaller,"
    })
    void isDeclaredByAParameterOrAnAnnotation(String method, Access access) {
        assertThat(declared(new Strict(), method)).isEqualTo(Optional.ofNullable(access));
    }

    @ParameterizedTest
    @CsvSource({
        "get, PUBLIC",
        "head, PUBLIC",
        "getAndHead, PUBLIC",
        "getAsMember, MEMBERS",
        "post,",
        "delete,",
        "getAndPost,",
        "any,",
        "unmapped,"
    })
    void isPublicForReadsOfAControllerThatDeclaresIt(String method, Access access) {
        assertThat(declared(new Library(), method)).isEqualTo(Optional.ofNullable(access));
        assertThat(declared(new Branch(), method)).isEqualTo(Optional.ofNullable(access));
    }

    @Test
    void doesNotStartWithHandlersThatDeclareNothingAndNamesThem() {
        application.withBean(Strict.class).withBean(Library.class).run(context -> {
            var message = assertThat(context).getFailure().message();
            message.startsWith("access to ").endsWith("or a read in @PublicReads)");
            message.contains(
                    "AccessTest$Strict#forgotten[0 args]",
                    "AccessTest$Strict#publicMember[1 args]",
                    "AccessTest$Strict#editorAndCaller[2 args]",
                    "AccessTest$Library#post[0 args]",
                    "AccessTest$Library#any[0 args]");
            message.doesNotContain("publicMethod", "member[", "memberToo", "caller[", "editor[", "#get[", "getAndHead");
        });
    }

    @Test
    void startsWithHandlersThatDeclareWhoMayCallThem() {
        application.withBean(Declared.class).run(context -> assertThat(context).hasNotFailed());
    }

    private static Optional<Access> declared(Object controller, String name) {
        var method = Arrays.stream(controller.getClass().getMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return Access.declaredBy(controller.getClass(), method);
    }

    @RestController
    @RequestMapping("/strict")
    @SuppressWarnings("unused") // handlers are called by their mapping
    public static class Strict {

        @PostMapping("/1")
        public Mono<Void> forgotten() {
            return Mono.empty();
        }

        @Public
        @PostMapping("/2")
        public Mono<Void> publicMethod() {
            return Mono.empty();
        }

        @GetMapping("/3")
        public Mono<Void> caller(Caller caller) {
            return Mono.empty();
        }

        @PostMapping("/4")
        public Mono<Void> member(Member member) {
            return Mono.empty();
        }

        @PostMapping("/5")
        public Mono<Void> editor(Editor editor) {
            return Mono.empty();
        }

        @PostMapping("/6")
        public Mono<Void> memberToo(String text, Member member) {
            return Mono.empty();
        }

        @Public
        @PostMapping("/7")
        public Mono<Void> publicMember(Member member) {
            return Mono.empty();
        }

        @PostMapping("/8")
        public Mono<Void> editorAndCaller(Editor editor, Caller caller) {
            return Mono.empty();
        }
    }

    @PublicReads
    @RestController
    @RequestMapping("/library")
    @SuppressWarnings("unused") // handlers are called by their mapping
    public static class Library {

        @GetMapping("/1")
        public Mono<Void> get() {
            return Mono.empty();
        }

        @RequestMapping(path = "/2", method = RequestMethod.HEAD)
        public Mono<Void> head() {
            return Mono.empty();
        }

        @RequestMapping(
                path = "/3",
                method = {RequestMethod.GET, RequestMethod.HEAD})
        public Mono<Void> getAndHead() {
            return Mono.empty();
        }

        @GetMapping("/4")
        public Mono<Void> getAsMember(Member member) {
            return Mono.empty();
        }

        @PostMapping("/5")
        public Mono<Void> post() {
            return Mono.empty();
        }

        @DeleteMapping("/6")
        public Mono<Void> delete() {
            return Mono.empty();
        }

        @RequestMapping(
                path = "/7",
                method = {RequestMethod.GET, RequestMethod.POST})
        public Mono<Void> getAndPost() {
            return Mono.empty();
        }

        @RequestMapping("/8")
        public Mono<Void> any() {
            return Mono.empty();
        }

        public Mono<Void> unmapped() {
            return Mono.empty();
        }
    }

    @RestController
    @RequestMapping("/branch")
    public static class Branch extends Library {}

    @RestController
    @SuppressWarnings("unused") // handlers are called by their mapping
    public static class Declared {

        @Public
        @GetMapping("/declared")
        public Mono<Void> get() {
            return Mono.empty();
        }

        @DeleteMapping("/declared")
        public Mono<Void> delete(Editor editor) {
            return Mono.empty();
        }
    }
}
