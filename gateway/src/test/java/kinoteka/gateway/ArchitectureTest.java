package kinoteka.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "kinoteka.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresFormNoCycle =
            slices().matching("kinoteka.gateway.(*)..").should().beFreeOfCycles();

    /** The two ends of a chain: the body of a request goes to a socket, the health checks change their instance. */
    private static final DescribedPredicate<JavaClass> END_OF_A_CHAIN = describe(
            "the end of a chain",
            type -> type.getSimpleName().equals("UpstreamConnection")
                    || type.getSimpleName().equals("HealthCheck"));

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a publisher is blocked on",
                    call -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().startsWith("block")))
            .because("one blocked event loop stalls every request on it");

    @ArchTest
    static final ArchRule nothingIsSubscribedToAside = noClasses()
            .that(not(END_OF_A_CHAIN))
            .should()
            .callMethodWhere(describe(
                    "a publisher is subscribed to",
                    call -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().equals("subscribe")))
            .because("what is subscribed to aside is lost");

    @ArchTest
    static final ArchRule constructorsInject = noFields().should().beAnnotatedWith(Autowired.class);
}
