package kinoteka.catalog;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.editing.WriteTransactions;
import kinoteka.catalog.security.Access;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "kinoteka.catalog", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresFormNoCycle =
            slices().matching("kinoteka.catalog.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(
                    target(owner(assignableTo(Publisher.class))).and(target(nameMatching("block.*|subscribe"))))
            .because("one blocked event loop stalls every request on it, and what is subscribed apart from the request"
                    + " outlives it");

    @ArchTest
    static final ArchRule everyWriteChecksTheAccountOfItsCaller = noClasses()
            .that()
            .areNotAssignableTo(WriteTransactions.class)
            .should()
            .callMethod(PrimaryDatabase.class, "transaction")
            .because("a token stays valid after its customer has closed the account; "
                    + WriteTransactions.class.getSimpleName() + " rejects its writes");

    @ArchTest
    static final ArchRule constructorsInject = noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule handlersDeclareWhoMayCallThem = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should(new ArchCondition<>("declare who may call each of their handlers") {
                @Override
                public void check(JavaClass controller, ConditionEvents events) {
                    var type = controller.reflect();
                    MethodIntrospector.selectMethods(type, ArchitectureTest::isHandler)
                            .forEach(handler -> events.add(new SimpleConditionEvent(
                                    handler,
                                    Access.declaredBy(type, handler).isPresent(),
                                    type.getName() + "." + handler.getName())));
                }
            })
            .because("a handler that declares nothing is not served");

    @ArchTest
    static final ArchRule controllersServeEverything = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.web.reactive.function.server..")
            .because("functional endpoints have no declaration of who may call them");

    private static boolean isHandler(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
    }
}
