package kinoteka.catalog.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kinoteka.catalog.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.MethodParameter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.BindingContext;

/** Decides whom a verified token makes a caller, and what that caller may do. */
class CallerTest {

    private final CallerArgumentResolver resolver = new CallerArgumentResolver();

    @Test
    void admitsEverybodyAsACaller() {
        assertThat(caller(null)).isEqualTo(new Caller(null, null, Set.of()));
        assertThat(caller(token("7", List.of()))).isEqualTo(new Caller("7", null, Set.of()));
    }

    @Test
    void ignoresAnAuthenticationThatIsNotAToken() {
        var exchange = MockServerWebExchange.builder(MockServerHttpRequest.get("/"))
                .principal(new TestingAuthenticationToken("admin", "admin", "admin"))
                .build();

        assertThat(resolver.resolveArgument(parameter(Caller.class), new BindingContext(), exchange)
                        .block())
                .isEqualTo(Caller.ANONYMOUS);
    }

    @Test
    void requiresATokenOfMembersAndEditors() {
        assertThatThrownBy(() -> resolve(Member.class, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("needs a token");
        assertThatThrownBy(() -> resolve(Editor.class, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("needs a token");
    }

    @ParameterizedTest
    @CsvSource({
        "customer, true, false",
        "editor, true, true",
        "admin, true, true",
        "owner, false, false",
        "ADMIN, false, false",
        "'admin ', false, false",
        "ROLE_ADMIN, false, false"
    })
    void requiresARole(String role, boolean isMember, boolean isEditor) {
        assertAdmitted(Member.class, role, isMember);
        assertAdmitted(Editor.class, role, isEditor);
    }

    @Test
    void readsRolesFromAListOfTextsOnly() {
        for (Object roles : Arrays.asList("admin", "customer,admin", Map.of("admin", true), 1, true, null)) {
            assertThat(caller(token("7", roles)).roles()).as("roles: %s", roles).isEmpty();
        }
        assertThat(caller(token("7", Arrays.asList("owner", 1, null, "editor", List.of("admin"))))
                        .roles())
                .containsExactly(Role.EDITOR);
        assertThat(caller(Map.of("sub", "7", "scope", "admin")).roles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "10, 10", "999999999999999999, 999999999999999999"})
    void actsAsTheCustomerWhoseIdIsTheSubject(String subject, long customer) {
        assertThat(caller(token(subject, List.of("customer"))).customer()).isEqualTo(customer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+1",
                "01",
                "1.0",
                "1e3",
                " 1",
                "1 ",
                "1\n",
                "0x1",
                "anna",
                "1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999",
                "\u0661",
                "1,2"
            })
    void actsAsNoCustomerForAnyOtherSubject(String subject) {
        var member = (Member) requireNonNull(resolve(Member.class, token(subject, List.of("customer"))));

        assertThat(member.caller().customer()).isNull();
        assertThat(member.subject()).isEqualTo(subject);
        assertThatThrownBy(member::customer)
                .isInstanceOf(ProblemException.class)
                .hasMessage("The token is not a customer's.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"editor", "admin", "owner"})
    void actsAsNoCustomerWithoutTheRole(String role) {
        assertThat(caller(token("7", List.of(role))).customer()).isNull();
    }

    @Test
    void actsAsTheCustomerWithSeveralRoles() {
        var member = (Member) requireNonNull(resolve(Member.class, token("7", List.of("editor", "customer"))));

        assertThat(member.customer()).isEqualTo(7);
        assertThat(member.isEditor()).isTrue();
    }

    @Test
    void isTheCustomerOfTheTokenOnly() {
        var customer = new Member(caller(token("7", List.of("customer"))));
        var admin = new Member(caller(token("7", List.of("admin"))));

        assertThat(customer.is(7)).isTrue();
        assertThat(customer.is(8)).isFalse();
        assertThat(customer.isAdmin()).isFalse();
        assertThat(admin.is(8)).isFalse();
        assertThat(admin.isAdmin()).isTrue();
    }

    @Test
    void mayActForThemselvesOnly() {
        var customer = new Member(caller(token("7", List.of("customer"))));
        var editor = new Member(caller(token("7", List.of("editor"))));
        var admin = new Member(caller(token("1", List.of("admin"))));

        assertThat(customer.mayActFor(7)).isTrue();
        assertThat(customer.mayActFor(8)).isFalse();
        assertThat(editor.mayActFor(7)).isFalse();
        assertThat(admin.mayActFor(7)).isTrue();
        assertThat(Caller.ANONYMOUS.mayActFor(7)).isFalse();
        customer.requireCustomer(7);
        admin.requireCustomer(7);
        assertThatThrownBy(() -> customer.requireCustomer(8))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The token is not that customer's.");
        assertThatThrownBy(() -> editor.requireCustomer(7)).isInstanceOf(ProblemException.class);
    }

    /** Ids beyond those that {@code Long} keeps one object of each. */
    @Test
    void comparesIdsByValue() {
        assertThat(caller(token("1234567890123", List.of("customer"))).mayActFor(1_234_567_890_123L))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void isEditorAsAnEditorOrAdministrator(Role role) {
        assertThat(new Member(new Caller("7", null, Set.of(role))).isEditor()).isEqualTo(role != Role.CUSTOMER);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void keepsRolesThatCannotBeChanged(@Nullable List<String> roles) {
        assertThat(caller(token("7", roles)).roles()).isUnmodifiable();
    }

    private void assertAdmitted(Class<?> type, String role, boolean isAdmitted) {
        if (isAdmitted) {
            assertThat(resolve(type, token("7", List.of(role)))).isInstanceOf(type);
        } else {
            assertThatThrownBy(() -> resolve(type, token("7", List.of(role))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("none of the roles");
        }
    }

    private Caller caller(@Nullable Map<String, Object> claims) {
        return (Caller) requireNonNull(resolve(Caller.class, claims));
    }

    private @Nullable Object resolve(Class<?> type, @Nullable Map<String, Object> claims) {
        var exchange = MockServerWebExchange.builder(MockServerHttpRequest.get("/"));
        if (claims != null) {
            exchange.principal(new JwtAuthenticationToken(
                    new Jwt("token", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Map.of("alg", "ES256"), claims)));
        }
        return resolver.resolveArgument(parameter(type), new BindingContext(), exchange.build())
                .block();
    }

    private static Map<String, Object> token(String subject, @Nullable Object roles) {
        return roles == null ? Map.of("sub", subject) : Map.of("sub", subject, "roles", roles);
    }

    private static MethodParameter parameter(Class<?> type) {
        try {
            var handler = CallerTest.class.getDeclaredMethod("handler", Caller.class, Member.class, Editor.class);
            return new MethodParameter(
                    handler, List.of(handler.getParameterTypes()).indexOf(type));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unused") // its parameters are what a handler declares
    private static void handler(Caller caller, Member member, Editor editor) {}
}
