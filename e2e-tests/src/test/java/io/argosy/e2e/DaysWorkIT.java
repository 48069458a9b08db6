package io.argosy.e2e;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day's work by stock kubectl, the newest and one six minor versions older than the API. */
@ExtendWith(Clusters.class)
class DaysWorkIT {

    @BeforeAll
    static void importTools() throws Exception {
        DaysWork.importTools(Clusters.cluster().machine());
    }

    @Test
    void goesAsPeopleExpectWithTheNewestKubectl() throws Exception {
        goes(Kubectl.newest(Clusters.cluster().kubeconfig()));
    }

    @Test
    void goesAsPeopleExpectWithAnOldKubectl() throws Exception {
        goes(Kubectl.old(Clusters.cluster().kubeconfig()));
    }

    private static void goes(Kubectl kubectl) throws Exception {
        DaysWork.goes(
                kubectl,
                Clusters.cluster().machine(),
                "day-" + kubectl.version().replace('.', '-'));
    }
}
