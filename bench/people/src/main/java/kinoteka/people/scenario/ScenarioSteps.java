package kinoteka.people.scenario;

/** The requests and checks of a scenario. */
interface ScenarioSteps {

    void run(Iteration iteration) throws InterruptedException;
}
