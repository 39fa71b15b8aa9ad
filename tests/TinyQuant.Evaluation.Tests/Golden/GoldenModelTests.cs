using TinyQuant.Evaluation.Verification;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// The golden models from generated code, with a trace after each operator: every layer and every output. The
/// one-operator models run in TinyQuant.GoldenCheck, on every dot unit.
/// </summary>
public sealed class GoldenModelTests
{
    public static TheoryData<string, Rounding> Models
    {
        get
        {
            var models = new TheoryData<string, Rounding>();
            foreach (GoldenFolder folder in Directory.Exists(Root) ? GoldenFolder.Find(Root, [".tflite"]) : [])
            {
                models.Add(Path.GetFileName(folder.Path), Rounding.Double);
                if (folder.Expected(Rounding.Single) is not null)
                {
                    models.Add(Path.GetFileName(folder.Path), Rounding.Single);
                }
            }

            if (models.Count == 0)
            {
                models.Add("", Rounding.Double); // a theory has at least one case, which says why it is skipped
            }

            return models;
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Models))]
    public void Every_layer_and_every_output_is_that_of_the_reference(string name, Rounding rounding)
    {
        GoldenFolder folder = GoldenFolder.Find(Path.Combine(Root, name), [".tflite"]).Single();
        Graph graph = TfliteImporter.Import(
            File.ReadAllBytes(folder.Model), new ImportOptions { Rounding = rounding }).Graph!;

        Assert.Null(folder.Verify(graph, comparesLayers: true));
    }

    /// <summary>
    /// What a device needs: the arena without the caller's input and output, kernel scratch apart, and flash.
    /// </summary>
    [GoldenTheory]
    [InlineData("kws_ref_model", 16_000, 33_000)]
    [InlineData("ad01_int8", 256, 272_000)]
    [InlineData("resnet8_int8", 49_152, 95_000)]
    [InlineData("vww_96_int8", 55_296, 257_000)]
    public void Memory_and_constants_are_within_their_budgets(string name, int arenaBytes, int bakedBytes)
    {
        const int scratchBytes = 4_096;
        GoldenFolder folder = GoldenFolder.Find(Path.Combine(Root, name), [".tflite"]).Single();
        using var model = CompiledModel.Compile(TfliteImporter.Import(File.ReadAllBytes(folder.Model)).Graph!);

        Assert.InRange(model.ArenaBytes - model.ScratchBytes, 0, arenaBytes);
        Assert.InRange(model.ScratchBytes, 0, scratchBytes);
        Assert.InRange(model.BakedBytes, 1, bakedBytes);
    }

    private static string Root => Path.Combine(GoldenFactAttribute.Root, "models");
}
