package kinoteka.catalog;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.editing.WriteTransactions;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;

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
}
