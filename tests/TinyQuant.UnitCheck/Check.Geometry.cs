using TinyQuant.Runtime.Tests.Geometry;

namespace TinyQuant.UnitCheck;

/// <summary>Every public kernel with random geometry, in guarded memory, as in the kernels' tests.</summary>
internal sealed partial class Check
{
    public void Geometry(int cases)
    {
        foreach ((string name, Action<GuardedSpans> run) in KernelCases.All)
        {
            int failures = 0;
            for (int seed = 0; seed < cases; seed++)
            {
                foreach (bool atStart in (ReadOnlySpan<bool>)[false, true])
                {
                    using GuardedSpans spans = new(seed, atStart);
                    try
                    {
                        run(spans);
                    }
                    catch (Exception e)
                    {
                        Console.WriteLine($"{name}, seed {seed}: {e.Message}");
                        failures++;
                    }
                }
            }

            Report("geometry, " + name, failures);
        }
    }
}
