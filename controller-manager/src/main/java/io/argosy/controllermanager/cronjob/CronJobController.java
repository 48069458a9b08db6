package io.argosy.controllermanager.cronjob;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Wake;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** Watches CronJobs and the Jobs that they made. */
public final class CronJobController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    public CronJobController(ControllerContext context, int workers) {
        Informer<CronJob> crons = context.informers().informer(CronJob.class);
        Informer<Job> jobs = context.informers().informer(Job.class);
        loop = context.loop("cronjob", workers, new CronJobReconciler(context, crons, jobs));
        crons.addHandler(ReconcileLoop.keys(loop));
        jobs.addHandler(new Wake<>(crons, cron -> LabelSelector.nothing(), loop::add));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
