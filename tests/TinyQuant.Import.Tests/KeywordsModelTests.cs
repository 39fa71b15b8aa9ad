using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests;

/// <summary>The model of <c>samples/Keywords</c>.</summary>
public class KeywordsModelTests
{
    [GoldenFact]
    public void Is_the_original_imported_with_labels_and_a_note()
    {
        byte[] original = File.ReadAllBytes(
            Path.Combine(GoldenFactAttribute.Root, "models", "kws_ref_model", "model.tflite"));
        Graph imported = TfliteImporter.Import(original, new ImportOptions { Name = "kws_ref_model" }).Graph!;
        string[] sample = File.ReadAllLines(Repository.File("samples", "Keywords", "kws_ref_model.tqm"));
        bool IsByHand(string line) =>
            line.StartsWith("labels ", StringComparison.Ordinal)
                || line.StartsWith("note changed ", StringComparison.Ordinal);

        Assert.Equal(2, sample.Count(IsByHand));
        Assert.Equal(ModelWriter.Write(imported).TrimEnd('\n').Split('\n'), sample.Where(line => !IsByHand(line)));
    }
}
