using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>The page about the kernels leads through their files: those it names are there.</summary>
public class KernelFileTests
{
    private static readonly string s_kernels = Repository.File("src", "TinyQuant.Runtime", "Kernels");

    [Fact]
    public void Every_file_that_the_page_names_is_there() => Nothing.IsIn(Named().Where(name => !IsThere(name)));

    [Theory]
    [InlineData("Conv2D.cs")]
    [InlineData("Convolution/ConvolutionTile.cs")]
    [InlineData("Convolution/FourBytesAvx2.cs")]
    [InlineData("Convolution/TileArmDp.cs")]
    public void The_page_leads_from_the_operator_to_the_inner_loops(string file) => Assert.Contains(file, Named());

    private static IEnumerable<string> Named() =>
        Page.All.Single(p => p.Name == "docs/kernels.md").CodeSpans.Where(c =>
            c.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>A path is one below the folder of the kernels; a name alone may lie in any folder there.</summary>
    private static bool IsThere(string name) => File.Exists(Path.Combine(s_kernels, name))
        || (!name.Contains('/', StringComparison.Ordinal)
            && Directory.EnumerateFiles(s_kernels, name, SearchOption.AllDirectories).Any());
}
