using System.Globalization;
using System.Reflection;
using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// Every public kernel with random geometry, in memory that ends, and then begins, at pages that must not be touched,
/// against plain loops. A kernel that leaves its spans ends the process: the stack trace names it.
/// <c>scripts/fuzz-kernels.sh</c> runs more.
/// </summary>
public class GeometryTests
{
    private const string CountVariable = "TINYQUANT_FUZZ_CASES";
    private const string SeedVariable = "TINYQUANT_FUZZ_SEED";
    private const int Cases = 60;

    public static TheoryData<string> Names => [.. KernelCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kernel_stays_in_its_spans_and_gives_what_plain_loops_do(string name)
    {
        Action<GuardedSpans> run = KernelCases.All.Single(c => c.Name == name).Run;
        int count = Number(CountVariable, Cases), first = Number(SeedVariable, 0);
        for (int seed = first; seed < first + count; seed++)
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
                    throw new InvalidOperationException(
                        $"{name}, seed {seed}, spans at the {(atStart ? "start" : "end")} of their pages: "
                            + $"{SeedVariable}={seed} {CountVariable}=1 repeats it.", e);
                }
            }
        }
    }

    /// <summary>A new kernel, or overload, needs a case here.</summary>
    [Fact]
    public void Every_public_kernel_has_a_case()
    {
        string[] kernels = [.. PublicKernels().Distinct().Order(StringComparer.Ordinal)];
        string[] covered =
        [
            .. KernelCases.All.SelectMany(c => c.Run.Method.GetCustomAttribute<KernelCaseAttribute>()!.Kernels)
                .Concat(UnaryKernels.All.Select(k => "Activations." + k.Kind)).Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.Equal(kernels, covered);
    }

    /// <summary>
    /// What takes spans of elements, of every public type but <c>ModelGuard</c> and <c>Arena</c>, which read none.
    /// </summary>
    private static IEnumerable<string> PublicKernels() =>
        from type in typeof(Conv2D).Assembly.GetExportedTypes()
        where type.Namespace == typeof(Conv2D).Namespace && !type.IsInterface && type != typeof(ModelGuard)
            && type != typeof(Arena)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetParameters().Any(parameter => IsSpan(parameter.ParameterType))
        select $"{type.Name}.{method.Name}";

    private static bool IsSpan(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Span<>)
            || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>));

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture,
            out int number)
            ? number
            : fallback;
}
