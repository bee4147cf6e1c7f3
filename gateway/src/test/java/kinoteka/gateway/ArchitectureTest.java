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

    /**
     * The classes that may subscribe: one writes the request body to a socket, one runs the health checks, one listens to changes as long as
     * the gateway runs, and two make a call for several requests.
     */
    private static final DescribedPredicate<JavaClass> SUBSCRIBER = describe(
            "a class that may subscribe",
            type -> type.getSimpleName().equals("UpstreamConnection")
                    || type.getSimpleName().equals("HealthCheck")
                    || type.getSimpleName().equals("ChangeListener")
                    || type.getSimpleName().equals("Flight")
                    || type.getSimpleName().equals("Gathering"));

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a publisher is blocked on",
                    call -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().startsWith("block")))
            .because("one blocked event loop stalls every request on it");

    @ArchTest
    static final ArchRule nothingSubscribes = noClasses()
            .that(not(SUBSCRIBER))
            .should()
            .callMethodWhere(describe(
                    "a publisher is subscribed to",
                    call -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().equals("subscribe")))
            .because("failures and cancellation do not pass through a separate subscription");

    @ArchTest
    static final ArchRule constructorsInject = noFields().should().beAnnotatedWith(Autowired.class);
}
