using TinyQuant.Evaluation.Verification;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// What float32 operators answer at their ends: infinities, NaN, a bias behind products that cancel, values next to 0.
/// </summary>
public sealed class FloatEndTests
{
    /// <summary>
    /// The kinds of cases, and how far their values may be off; next to 0 the relative bound counts alone.
    /// </summary>
    private static readonly Dictionary<string, Tolerance> s_kinds = new()
    {
        ["float32_overflow"] = Tolerance.Float32,
        ["float32_nan"] = Tolerance.Float32,
        ["float32_bias_last"] = Tolerance.Float32,
        ["float32_small"] = Tolerance.Float32 with { Absolute = 0 },
    };

    public static TheoryData<string> Cases
    {
        get
        {
            var cases = new TheoryData<string>();
            foreach (GoldenFolder folder in Directory.Exists(Root) ? GoldenFolder.Find(Root, [".tflite"]) : [])
            {
                if (s_kinds.ContainsKey(KindOf(folder.Path)))
                {
                    cases.Add(Path.GetRelativePath(Root, folder.Path));
                }
            }

            if (cases.Count == 0)
            {
                cases.Add(""); // a theory has at least one case, which says why it is skipped
            }

            return cases;
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Cases))]
    public void Every_output_is_that_of_the_reference(string name)
    {
        Assert.NotEqual("", name); // golden files without these cases
        GoldenFolder folder = GoldenFolder.Find(Path.Combine(Root, name), [".tflite"]).Single();
        Graph graph = TfliteImporter.Import(File.ReadAllBytes(folder.Model)).Graph!;

        Assert.Null(folder.Verify(graph, comparesLayers: false, s_kinds[KindOf(name)], out _));
    }

    private static string KindOf(string folder) => Path.GetFileName(folder).Split('-')[0];

    private static string Root => Path.Combine(GoldenFactAttribute.Root, "operators2");
}
