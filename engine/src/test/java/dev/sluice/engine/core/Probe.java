package dev.sluice.engine.core;
import dev.sluice.schemas.*;
import java.util.*;
public class Probe {
  public static void main(String[] a) {
    double hours = Double.parseDouble(a[0]);
    long t=System.nanoTime();
    Sim s = new Sim(Arrays.copyOfRange(a,1,a.length)).run(hours*3600);
    System.out.printf("wall %.1fs cpu%n",(System.nanoTime()-t)/1e9);
    var k=s.sink;
    System.out.println("ticks "+k.ticks.size()+" orders "+k.orders.size()+" fills "+k.fills.size()+" health "+k.healths.size()+" dc "+s.dropCopies.size());
    long hit=k.ticks.stream().filter(x->Boolean.TRUE.equals(x.cacheHit())).count(); long stale=k.ticks.stream().filter(Tick::usedStale).count();
    long miss=k.ticks.stream().filter(x->x.totalMs()>x.deadlineMs()).count();
    System.out.printf("hit %.3f stale %.3f miss %.4f%n",hit/(double)k.ticks.size(),stale/(double)k.ticks.size(),miss/(double)k.ticks.size());
    double[] f=k.ticks.stream().mapToDouble(x->x.stages().fetchMdMs()).sorted().toArray(); double[] tt=k.ticks.stream().mapToDouble(Tick::totalMs).sorted().toArray();
    System.out.printf("fetch p95 %.1f total p50 %.1f p95 %.1f p99 %.1f%n",f[(int)(f.length*.95)],tt[tt.length/2],tt[(int)(tt.length*.95)],tt[(int)(tt.length*.99)]);
    double tn=0,n=0; int tc=0; double cap=0; for(Fill x:k.fills){double v=x.price().multiply(x.qty()).doubleValue(); n+=v; cap+=v*x.side().sign()*(x.midAtFill()-x.price().doubleValue())/x.midAtFill()*1e4; if(x.liquidity()==Liquidity.TAKER){tn+=v;tc++;}}
    System.out.printf("taker share %.4f (%d) notional %.0f capture %.2f bps%n",tn/n,tc,n,cap/n);
    // rolling hourly taker share
    TreeMap<Long,double[]> h=new TreeMap<>(); for(Fill x:k.fills){double v=x.price().multiply(x.qty()).doubleValue(); double[] d=h.computeIfAbsent(x.eventTimeUs()/3600000000L,z->new double[3]); d[0]+=v; d[2]++; if(x.liquidity()==Liquidity.TAKER)d[1]+=v;}
    System.out.println("hourly share max "+h.values().stream().mapToDouble(d->d[1]/d[0]).max()+" fills/h min "+h.values().stream().mapToDouble(d->d[2]).min()+" max "+h.values().stream().mapToDouble(d->d[2]).max()+" hours "+h.size());
    Health e=k.healths.get(k.healths.size()-1); System.out.println(e);
    Map<String,Integer> st=new TreeMap<>(); for(Order o:k.orders) st.merge(o.state()+(o.reason()==null?"":" "+o.reason()),1,Integer::sum); System.out.println(st);
    System.out.println("maxpos "+k.fills.stream().mapToDouble(x->Math.abs(x.positionAfter().doubleValue())).max()+" hash "+Long.toHexString(s.engine.stateHash()));
    int bl=0; for(int i=0;i<k.ticks.size();i++){Tick x=k.ticks.get(i); if(x.bid()>=x.ask())bl++;} System.out.println("crossed "+bl+" mid "+k.ticks.get(k.ticks.size()-1).bid()+" unfilled "+e.unfilledOrders());
  }
}
