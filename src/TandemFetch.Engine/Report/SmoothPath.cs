using System.Text;

namespace TandemFetch.Engine.Report;

/// <summary>Curves through points: cardinal splines of tension 0.5, as cubic Bézier curves of SVG.</summary>
internal static class SmoothPath
{
    // A third of the tangent, which is (1 - tension) / 2 of the distance between the neighbors.
    private const double Handle = 1.0 / 12.0;

    /// <summary>A curve.</summary>
    /// <param name="points">At least one point.</param>
    public static string Through(IReadOnlyList<(double X, double Y)> points) =>
        $"M{Point(points[0].X, points[0].Y)}{Curves(points)}";

    /// <summary>The area between two curves.</summary>
    /// <param name="upper">The points of one, from left to right.</param>
    /// <param name="lower">The points of the other.</param>
    public static string Between(IReadOnlyList<(double X, double Y)> upper, IReadOnlyList<(double X, double Y)> lower)
    {
        var back = lower.Reverse().ToList();
        return $"{Through(upper)}L{Point(back[0].X, back[0].Y)}{Curves(back)}Z";
    }

    private static string Curves(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (before, from) = (points[Math.Max(i - 1, 0)], points[i]);
            var (to, after) = (points[i + 1], points[Math.Min(i + 2, points.Count - 1)]);
            path.Append('C').Append(Point(
                from.X + (Handle * (to.X - before.X)), from.Y + (Handle * (to.Y - before.Y))));
            path.Append(' ').Append(Point(to.X - (Handle * (after.X - from.X)), to.Y - (Handle * (after.Y - from.Y))));
            path.Append(' ').Append(Point(to.X, to.Y));
        }

        return path.ToString();
    }

    private static string Point(double x, double y) => $"{Markup.Coordinate(x)},{Markup.Coordinate(y)}";
}
