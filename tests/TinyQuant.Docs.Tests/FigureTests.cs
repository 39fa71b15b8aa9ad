namespace TinyQuant.Docs.Tests;

/// <summary>
/// Figures in the documentation. What was measured stands in a block below <c>&lt;!-- figures: FILE … --&gt;</c>, and
/// each of its numbers in one of those files, which commands of the repository write: <c>scripts/figures.sh</c>,
/// <c>bench.sh</c>, <c>tinyquant train</c>.
/// </summary>
public class FigureTests
{
    [Fact]
    public void Every_figure_stands_in_the_file_that_it_comes_from() => Nothing.IsIn(
        from block in Figures.Blocks().Where(b => b.Sources.Count > 0)
        from figure in block.Figures
        where !block.Sources.Any(s => s.Has(figure))
        select $"{block.Where}: {figure} is not in {string.Join(", ", block.Sources)}");

    [Fact]
    public void What_was_measured_says_where_it_comes_from() => Nothing.IsIn(
        from block in Figures.Blocks().Where(b => b.Sources.Count == 0)
        from measured in block.Measured
        select $"{block.Where}: '{measured}' names no file");

    [Fact]
    public void There_are_pages_with_figures()
    {
        Assert.Contains(Page.All, p => p.Name == "README.md");
        Assert.Contains(Page.All, p => p.Name == "docs/first-model.md");
        Assert.Contains(Figures.Blocks(),
            b =>
                b.Where.StartsWith("README.md:", StringComparison.Ordinal) && b.Sources.Count > 0
                    && b.Figures.Count() > 10);
    }

    [Theory]
    [InlineData("92.78", true)] // 0.9278
    [InlineData("2.3", true)] // 2.27
    [InlineData("7,880", true)]
    [InlineData("92.79", false)]
    [InlineData("2.2", false)]
    [InlineData("788", false)]
    public void A_figure_may_be_rounded_or_in_hundredths(string figure, bool has) =>
        Assert.Equal(has, new FigureSource("test", "metric accuracy 0.9278 of 7880 bytes, 2.27x").Has(figure));
}
