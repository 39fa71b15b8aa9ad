using TinyQuant.Model;
using TinyQuant.Report.Graphs;
using TinyQuant.Report.Tests.Support;

namespace TinyQuant.Report.Tests;

/// <summary>Where boxes and lines of the graph lie.</summary>
public class GraphLayoutTests
{
    [Fact]
    public void A_chain_is_one_straight_line()
    {
        const int Nodes = 33;
        GraphLayout layout = Layout(Nodes, [.. Enumerable.Range(0, Nodes - 1).Select(i => (i, i + 1))]);

        Assert.Single(layout.Nodes().Select(n => n.X).Distinct());
        Assert.Equal(layout.Nodes().Select(n => n.Top).Order(), layout.Nodes().Select(n => n.Top));
        Assert.True(layout.Width < 380, $"{layout.Width} is wider than a phone");
    }

    [Fact]
    public void A_residual_passes_beside_a_straight_line()
    {
        GraphLayout layout = Layout(4, [(0, 1), (1, 2), (0, 3), (2, 3)]);

        Assert.Single(layout.Nodes().Select(n => n.X).Distinct());
        (double X, double Top, double Bottom)[] around = layout.Routes().ElementAt(2);
        Assert.Equal(4, around.Length);
        Assert.All(around[1..3], point => Assert.True(point.X > around[0].X + (GraphLayout.NodeWidth / 2)));
    }

    [Fact]
    public void A_branch_lies_beside_the_main_path()
    {
        double[] x = [.. Layout(4, [(0, 1), (0, 2), (1, 3), (2, 3)]).Nodes().Select(n => n.X)];
        Assert.Equal([x[0], x[0]], [x[1], x[3]]);
        Assert.True(x[2] >= x[0] + GraphLayout.NodeWidth);
    }

    [Fact]
    public void An_input_that_is_read_late_stands_where_it_is_read()
    {
        int[] rows = Layering.Of(5, [(0, 2), (2, 3), (3, 4), (1, 4)]);
        Assert.Equal([0, 2, 1, 2, 3], rows);
    }

    [Fact]
    public void Nothing_overlaps_and_every_line_goes_down()
    {
        var random = new Random(7);
        for (int run = 0; run < 200; run++)
        {
            int nodes = random.Next(1, 14);
            (int, int)[] edges = [
                .. Enumerable.Range(1, nodes - 1)
                .SelectMany(to => Enumerable.Range(0, random.Next(0, 4)).Select(_ => (random.Next(to), to)))
                .Distinct()];
            GraphLayout layout = Layout(nodes, edges);

            Assert.Equal(Enumerable.Range(0, nodes), layout.Nodes().Select(n => n.Node));
            Assert.All(layout.Nodes().GroupBy(n => n.Top),
                row => Assert.All(row.Zip(row.OrderBy(n => n.X).Skip(1)).Zip(row.OrderBy(n => n.X)),
                pair => Assert.True(pair.First.Second.X - pair.Second.X >= GraphLayout.NodeWidth)));
            Assert.All(layout.Routes(),
                route =>
                    Assert.All(route.Zip(route.Skip(1)), step => Assert.True(step.First.Bottom < step.Second.Top)));
            var boxes = layout.Nodes().ToList();
            Assert.All(layout.Routes(), route => Assert.All(route[1..^1], point => Assert.DoesNotContain(boxes,
                box => box.Top == point.Top && Math.Abs(box.X - point.X) < GraphLayout.NodeWidth / 2)));
            Assert.All(layout.Nodes(),
                box =>
                    Assert.True(
                        box.X - (GraphLayout.NodeWidth / 2) >= 0 && box.X + (GraphLayout.NodeWidth / 2) <= layout.Width
                            && box.Top + GraphLayout.NodeHeight <= layout.Height));
        }
    }

    [Fact]
    public void Crossing_lanes_are_put_in_order()
    {
        double[] x = [.. Layout(6, [(0, 3), (1, 2), (2, 4), (3, 5)]).Nodes().Select(n => n.X)];
        Assert.Equal(x[0] < x[1], x[3] < x[2]);
    }

    [Fact]
    public void A_model_is_its_inputs_operators_and_outputs()
    {
        var nodes = ModelNodes.Of(ModelReader.Read(Samples.Residual).Graph!);

        Assert.Equal(
            ["input x", "0 FullyConnected", "1 FullyConnected", "2 Add", "3 Reshape", "4 Reshape", "5 Softmax",
                "output scores"], nodes.Nodes.Select(n => n.Title));
        Assert.Equal([(0, 1), (1, 2), (2, 3), (0, 3), (3, 4), (4, 5), (5, 6), (6, 7)], nodes.Edges);
    }

    private static GraphLayout Layout(int nodes, IReadOnlyList<(int, int)> edges) =>
        GraphLayout.Of([.. Enumerable.Repeat(1, nodes)], edges);
}
