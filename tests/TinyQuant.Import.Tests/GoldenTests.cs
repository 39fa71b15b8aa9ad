using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests;

/// <summary>The golden models: all are imported, and a model file holds all of them.</summary>
public sealed class GoldenTests
{
    [GoldenFact]
    public void Every_model_is_imported_and_its_file_is_the_same_written_read_and_written_again() =>
        Assert.All(GoldenFactAttribute.ModelFiles(), path =>
        {
            byte[] file = File.ReadAllBytes(path);
            ImportResult result = TfliteImporter.Import(file);
            Assert.True(result.Graph is not null, string.Join('\n', result.Errors));

            string text = ModelWriter.Write(result.Graph);
            ModelReadResult read = ModelReader.Read(text);

            Assert.True(read.Graph is not null, string.Join('\n', read.Errors));
            Assert.Equal(text, ModelWriter.Write(read.Graph));
            Assert.Equal(text, ModelWriter.Write(TfliteImporter.Import(file.ToArray().AsMemory()).Graph!));
        });
}
