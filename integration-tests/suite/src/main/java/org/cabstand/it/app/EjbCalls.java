package org.cabstand.it.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Works on threads of the EJB container, outside of transactions. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EjbCalls {

    /** Those that a timer will find. */
    private static final Map<String, Call> DUE = new ConcurrentHashMap<>();

    @Resource TimerService timers;

    @Inject Work work;

    @Asynchronous
    public void later(Call call) {
        call.run(work);
    }

    public void onTime(Call call) {
        DUE.put(call.id(), call);
        timers.createSingleActionTimer(1, new TimerConfig(call.id(), false));
    }

    @Timeout
    void due(Timer timer) {
        DUE.remove((String) timer.getInfo()).run(work);
    }
}
