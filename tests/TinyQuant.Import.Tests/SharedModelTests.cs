using TinyQuant.Import.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests;

/// <summary>The file of one layer that tests and scripts build with is the one that is built here.</summary>
public class SharedModelTests
{
    [Fact]
    public void Tiny_is_the_model_of_one_layer() =>
        Assert.Equal(Models.Int8(), File.ReadAllBytes(Repository.File("tests", "Shared", "tiny.tflite")));
}
